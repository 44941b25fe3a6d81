/** The page that sets a password by a link. Its secret stands after a #: browsers send that to nobody. */
export const resetPath = "/reset-password";
