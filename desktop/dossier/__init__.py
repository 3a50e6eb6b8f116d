"""What a dossier is: forms as data, money, rules and states, with no file, clock, network or screen."""
