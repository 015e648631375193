"""The page that trains networks: what can be set, which runs that means, what is shown of them."""
