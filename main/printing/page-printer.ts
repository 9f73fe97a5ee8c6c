import type { PagesEnd, PrintPages } from "#contract/devices/print-page.ts";

export interface InstalledPrinter {
  /** As the system knows it. */
  readonly name: string;
  /** As it shows it to people; may be the same. */
  readonly title: string;
  /** Null where the system does not say. */
  readonly isDefault: boolean | null;
  /** False: its queue refuses documents. True also where the system does not say. */
  readonly takesDocuments: boolean;
}

/** The operating system's printing. The app's is Electron's; tests hold the other end themselves. */
export interface PagePrinter {
  /** What is installed now. Rejects where the system does not answer. */
  installed(): Promise<readonly InstalledPrinter[]>;
  /** Never rejects, and has an end within a minute. `name` empty: the default printer. */
  print(pages: PrintPages, name: string): Promise<PagesEnd>;
}
