"""From a grid of cells to forms, and back to edits: everything that knows how forms look."""
