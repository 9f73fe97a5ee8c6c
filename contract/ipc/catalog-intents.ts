import { z } from "zod";
import type { CategoryView, ItemView } from "#contract/ipc/manager-view.ts";
import { importFields, type ImportField } from "#core/catalog/import/columns.ts";
import type { RowFault } from "#core/catalog/import/read-row.ts";

const none = z.strictObject({});
const sku = z.string().trim().min(1).max(64);
const limitFen = z.int().min(1).max(1_000_000_000).nullable();
const categoryId = z.string().min(1).max(64);

/** An item as a manager writes it; main judges it again. */
const itemDraft = z.strictObject({
  sku,
  nameZh: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().max(160),
  categoryId,
  unit: z.enum(["piece", "kg"]),
  priceFen: z.int().min(0).max(1_000_000_000),
  taxClass: z.string().trim().min(1).max(32),
  scaleCode: z.string().trim().min(1).max(16).nullable(),
  isFavourite: z.boolean(),
  /** 开放价; absent: sold at `priceFen`. */
  openPrice: z.strictObject({ minFen: limitFen, maxFen: limitFen }).optional(),
  /** `count`: pieces behind one code; a carton of 24. */
  codes: z
    .array(z.strictObject({ barcode: z.string().trim().min(1).max(64), count: z.int().min(1).max(10_000) }))
    .max(16),
});

/** The shop's goods as a manager sees to them; each asks the role again in main. */
export const catalogSchemas = {
  "catalog-desk": none,
  /** All goods, a category's, or what a text finds; by their numbers, after one of them. */
  "catalog-page": z.strictObject({
    text: z.string().max(64),
    categoryId: categoryId.nullable(),
    afterSku: z.string().max(64).nullable(),
    limit: z.int().min(1).max(200),
  }),
  "catalog-item": z.strictObject({ sku }),
  /** `isNew`: refused where the number is taken; else where there is no such item. */
  "save-item": z.strictObject({ isNew: z.boolean(), item: itemDraft }),
  "remove-item": z.strictObject({ sku }),
  /** All categories in their order; one that goods still name cannot be left out. */
  "save-categories": z.strictObject({
    categories: z
      .array(
        z.strictObject({
          id: categoryId,
          nameZh: z.string().trim().min(1).max(60),
          nameEn: z.string().trim().max(60),
          colour: z.int().min(0).max(9),
        }),
      )
      .max(400),
  }),

  /** Main asks for the file; the window never knows where it lies. */
  "import-choose": none,
  "import-standing": none,
  "import-check": z.strictObject({
    columns: z.partialRecord(z.enum(importFields), z.int().min(0).max(64)).nullable(),
    newCategories: z.enum(["make", "refuse"]),
  }),
  "import-apply": z.strictObject({ mode: z.enum(["all", "good"]) }),
  "import-cancel": none,
  /** Asks where to, and writes every fault of the list there. */
  "import-report": none,
  "import-discard": none,
  "export-items": z.strictObject({ format: z.enum(["csv", "xlsx"]) }),
} as const;

export interface CatalogDeskView {
  /** Head office's goods are read here and changed there. */
  readonly isFed: boolean;
  readonly itemCount: number;
  readonly categories: readonly (CategoryView & { readonly itemCount: number })[];
}

export interface CatalogItemView extends ItemView {
  readonly taxClass: string;
  readonly scaleCode: string | null;
  readonly isFavourite: boolean;
  readonly codes: readonly { readonly barcode: string; readonly count: number }[];
}

export interface ImportRowView {
  readonly row: number;
  readonly sku: string;
  readonly nameZh: string;
  readonly category: string;
  readonly unit: "piece" | "kg";
  readonly priceFen: number;
  readonly beforeFen: number | null;
  readonly state: "new" | "changed" | "unchanged";
}

export type ListRefusal =
  | { readonly kind: "empty" | "too-large" | "too-many-rows" | "unreadable" | "old-excel" | "bad-rows" }
  | { readonly kind: "columns-missing"; readonly missing: readonly ImportField[] };

/** What is known of a list, and what taking it in does. */
export interface ListView {
  readonly refusal: ListRefusal | null;
  readonly format: "csv" | "xlsx" | null;
  readonly encoding: "utf-8" | "utf-16" | "gb18030" | null;
  readonly header: readonly string[];
  readonly columns: Readonly<Partial<Record<ImportField, number>>>;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly pricesChanged: number;
  readonly unchanged: number;
  readonly wrong: number;
  readonly newCategories: readonly string[];
  readonly shown: readonly ImportRowView[];
  readonly faults: readonly RowFault[];
}

/** Where an import stands. The name is the file's own, without where it lies. */
export type ImportStanding =
  | { readonly kind: "none" }
  | { readonly kind: "checking" | "applying"; readonly fileName: string; readonly share: number }
  | {
      readonly kind: "checked" | "applied";
      readonly fileName: string;
      readonly list: ListView;
      readonly newCategories: "make" | "refuse";
    }
  | { readonly kind: "failed"; readonly fileName: string; readonly why: ImportTrouble };

export type ImportTrouble = "cancelled" | "unreadable-file" | "file-changed" | "catalog-closed" | "failed";

export interface CatalogAnswers {
  "catalog-desk": CatalogDeskView;
  "catalog-page": readonly CatalogItemView[];
  "catalog-item": CatalogItemView;
  "save-item": CatalogItemView;
  "save-categories": CatalogDeskView;
  "import-choose": ImportStanding;
  "import-standing": ImportStanding;
  "import-check": ImportStanding;
  "import-apply": ImportStanding;
  "import-cancel": ImportStanding;
  "import-discard": ImportStanding;
  /** Null: the question where to was closed. */
  "import-report": { readonly rowCount: number } | null;
  "export-items": { readonly rowCount: number } | null;
}

export type PlainCatalogFault =
  /** Head office keeps the goods. */
  | "catalog-is-fed"
  /** An import is being written. */
  | "catalog-busy"
  | "sku-taken"
  | "category-gone"
  | "item-code-twice"
  | "item-code-wrong-check-digit"
  | "item-code-not-a-barcode"
  | "too-many-for-xlsx"
  | "no-import";

export type CatalogFault =
  | { readonly kind: "item-code-taken"; readonly code: string; readonly sku: string }
  | { readonly kind: "category-in-use"; readonly categoryId: string; readonly itemCount: number };
