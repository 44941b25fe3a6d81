"""Resources that use every kind of field: lockers, bookings, routines, shelves, tickets."""
