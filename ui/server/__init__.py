"""What the server does beyond Streamlit: compressed files, answers without delay."""
