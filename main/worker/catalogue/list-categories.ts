import { mostNewCategories } from "#contract/worker/catalog-messages.ts";
import type { Category } from "#core/catalog/item.ts";

const coloursInPalette = 10;
/** Of items whose row names none. */
const noCategory = { id: "unsorted", nameZh: "未分类", nameEn: "Unsorted" };

/** The shop's categories, and those a list adds to them as its rows name them. */
export interface ListCategories {
  /** The id a row's words mean; made where they are new. `ofItem`: what the item had, for a row that names none. */
  idOf(words: string, ofItem: string | null): string;
  /** All, the new ones last. */
  readonly all: () => readonly Category[];
  /** Names of the new ones. */
  readonly made: () => readonly string[];
}

/** Names in small letters that a row may use where no new category is wanted. */
export function categoryNames(categories: readonly Category[]): ReadonlySet<string> {
  return new Set(
    categories.flatMap(({ id, nameZh, nameEn }) => [id, nameZh, nameEn]).map((name) => name.toLowerCase()),
  );
}

/** At most 200 new ones: a file that names more has another column there, and the rest of its rows go unsorted. */
export function listCategories(there: readonly Category[]): ListCategories {
  const idByName = new Map<string, string>();
  for (const { id, nameZh, nameEn } of there)
    for (const name of [nameEn, nameZh, id]) if (name !== "") idByName.set(name.toLowerCase(), id);
  const ids = new Set(there.map(({ id }) => id));
  const made: Category[] = [];
  function make(id: string, nameZh: string, nameEn: string): string {
    // Made from a name: an id that is there already is another category's.
    const free = ids.has(id) ? `${id.slice(0, 56)}-${ids.size}` : id;
    made.push({ id: free, nameZh, nameEn, colour: (there.length + made.length) % coloursInPalette });
    ids.add(free);
    idByName.set(nameZh.toLowerCase(), free);
    return free;
  }
  return {
    idOf(words, ofItem) {
      const known = words === "" ? ofItem : idByName.get(words.toLowerCase());
      if (known !== undefined && known !== null) return known;
      if (words !== "" && made.length < mostNewCategories - 1) return make(words, words, "");
      if (ofItem !== null) return ofItem;
      return idByName.get(noCategory.nameZh) ?? make(noCategory.id, noCategory.nameZh, noCategory.nameEn);
    },
    all: () => [...there, ...made],
    made: () => made.map(({ nameZh }) => nameZh),
  };
}
