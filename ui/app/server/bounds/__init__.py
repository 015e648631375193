"""How much visitors can take: pages, connections, descriptors; what is given back."""
