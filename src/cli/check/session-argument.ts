/** First argument of the wizard's measuring process; not a command for people. */
export const SESSION_ARGUMENT = '__session';
