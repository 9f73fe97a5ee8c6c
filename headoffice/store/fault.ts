/**
 * Why a database cannot be opened, with the facts for the sentence a person reads.
 * `not-ours`: a SQLite file of another program. `newer-schema`: written by a later version; going back would misread it.
 * `unreachable`: no server answers, or it refuses the name or password. `unwritable`: the folder or the disk refuses.
 * `not-durable`: the server runs with fsync or synchronous_commit off and would lose what it has acknowledged.
 */
export type OpenFault =
  | { readonly kind: "not-ours"; readonly where: string }
  | { readonly kind: "newer-schema"; readonly where: string; readonly found: number; readonly newestKnown: number }
  | { readonly kind: "unreachable"; readonly where: string; readonly detail: string }
  | { readonly kind: "unwritable"; readonly where: string; readonly detail: string }
  | { readonly kind: "not-durable"; readonly where: string; readonly setting: string };
