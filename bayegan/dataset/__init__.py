"""What an export says of itself: manifests, updates, and whole datasets in Hugging Face layout with their card."""
