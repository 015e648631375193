"""Rooms for a lecture hall: every phone predicts, the screen shows. It knows no Streamlit."""
