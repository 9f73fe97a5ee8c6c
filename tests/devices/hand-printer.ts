import type { PagesEnd, PrintPages } from "#contract/devices/print-page.ts";
import type { InstalledPrinter, PagePrinter } from "#main/printing/page-printer.ts";

/** The operating system's printing in a test's own hands: what is installed, what came, and what becomes of it. */
export class HandPrinter implements PagePrinter {
  readonly came: { readonly pages: PrintPages; readonly name: string }[] = [];
  list: readonly InstalledPrinter[] = [installed("till")];
  /** How each is answered; a promise that never settles is a system that says nothing. */
  answer: () => PagesEnd | Promise<PagesEnd> = () => ({ kind: "spooled" });
  /** How the list is answered, where not by `list`. */
  asked: (() => Promise<readonly InstalledPrinter[]>) | null = null;
  looks = 0;

  installed(): Promise<readonly InstalledPrinter[]> {
    this.looks += 1;
    return this.asked === null ? Promise.resolve(this.list) : this.asked();
  }

  async print(pages: PrintPages, name: string): Promise<PagesEnd> {
    this.came.push({ pages, name });
    return this.answer();
  }
}

export function installed(name: string, more: Partial<InstalledPrinter> = {}): InstalledPrinter {
  return { name, title: name, isDefault: null, takesDocuments: true, ...more };
}
