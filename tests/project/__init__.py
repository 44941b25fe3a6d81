"""What is true of the project as a whole: its pages, layers, lock files and examples."""
