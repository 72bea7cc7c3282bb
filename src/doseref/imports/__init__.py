"""Import of other people's files into overlays: FDA label files and RxNorm."""
