"""The scenes of the lectures, by what they are about."""
