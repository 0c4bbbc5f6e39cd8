/** What stands behind the verdict, in the order of Tab and of the number keys; the verdict itself is the first. */
export const PAGES = ['why', 'evidence', 'hops', 'tree', 'sockets', 'platforms'] as const;

export type PageName = (typeof PAGES)[number];
