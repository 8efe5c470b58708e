/** What came of issuing cards: the codes, told this once, and who got none. Lives in the page's memory only. */
export interface Issued {
  readonly cards: readonly { readonly studentId: string; readonly name: string; readonly code: string }[];
  readonly refused: readonly { readonly studentId: string; readonly name: string; readonly reason: string }[];
}
