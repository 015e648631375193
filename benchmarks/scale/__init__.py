"""Two replicas behind deploy/nginx.conf with one store, and what visitors notice when one dies."""
