"""What people and programs see of readings and ledgers: the command line (`cli`) and the web pages (`web`)."""
