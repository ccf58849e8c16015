/** A page one can go to from another: in the top bar itself when it is one of the first. */
export type Way = { label: string; icon: string; href: string; first?: boolean }
