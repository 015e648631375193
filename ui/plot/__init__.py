"""What several pages draw with: axes, lines, histograms, colours, ranges."""
