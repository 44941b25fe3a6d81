"""Records over Socket.IO: events in, acks out, every change journaled and pushed. Knows nothing of gyms."""
