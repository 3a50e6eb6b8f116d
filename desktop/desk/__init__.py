"""The use cases of a unit's desk: joins the rooms, so that window and command line do the same."""
