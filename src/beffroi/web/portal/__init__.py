"""The portal: words, services, places, requests, for anybody, without an account."""
