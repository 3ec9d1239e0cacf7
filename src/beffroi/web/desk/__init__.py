"""The desk: where agents deal with requests and keep the directory true."""
