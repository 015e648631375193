"""The backward pass through a norm: its parts, and what they mean for training."""
