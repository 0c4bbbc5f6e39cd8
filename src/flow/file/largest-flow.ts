/** Largest flow file, in bytes of UTF-8 (in UTF-16 units where the text is at hand already). */
export const LARGEST_FLOW = 1024 * 1024;
