"""What a person sees: Qt widgets over the services handed to them."""
