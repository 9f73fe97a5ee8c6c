import { Button, TextInput } from "@mantine/core";
import { IconFileSpreadsheet, IconPlus, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { CategoriesAnswer, ItemsAnswer, ShopsAnswer } from "../../admin/shapes.ts";
import { dayAndClock, money } from "../formats.ts";
import { ShopSelect } from "../parts/ShopSelect.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { goTo } from "../place.ts";
import { useSession } from "../session.ts";
import { TableHead } from "../parts/TableHead.tsx";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";
import { CategoriesDialog } from "./CategoriesDialog.tsx";
import { ImportWizard } from "./ImportWizard.tsx";
import { ItemForm } from "./ItemForm.tsx";
import type { ItemRow } from "./item-fields.ts";

type Open = "import" | "categories" | "new" | ItemRow;

/** What a shop sells. The first shop is shown where none was chosen. */
export function Catalogue({ storeCode }: { readonly storeCode: string | null }) {
  const { text } = useWords();
  const { value } = useAnswer<ShopsAnswer>("/shops");
  if (value === null) return null;
  const shop = value.shops.find((one) => one.storeCode === storeCode) ?? value.shops[0];
  return (
    <>
      <div className="office-head">
        <h1>{text("nav.catalogue")}</h1>
        {shop !== undefined && (
          <ShopSelect onChange={(code) => goTo(`catalogue/${code ?? ""}`)} shops={value.shops} value={shop.storeCode} />
        )}
      </div>
      {shop === undefined ? (
        <p className="office-card office-empty">{text("overview.empty")}</p>
      ) : (
        <Items key={shop.storeCode} storeCode={shop.storeCode} />
      )}
    </>
  );
}

function Items({ storeCode }: { readonly storeCode: string }) {
  const { text } = useWords();
  const isAdmin = useSession().role === "admin";
  const [search, setSearch] = useState("");
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<Open | null>(null);
  const after = trail.at(-1) ?? "";
  const items = useAnswer<ItemsAnswer>(
    `/shops/${storeCode}/items?search=${encodeURIComponent(search)}&after=${encodeURIComponent(after)}`,
  );
  const categories = useAnswer<CategoriesAnswer>(`/shops/${storeCode}/categories?limit=200`);
  const reload = () => {
    items.reload();
    categories.reload();
  };
  const close = () => setOpen(null);
  const next = items.value?.next ?? null;
  const isOfItem = open !== null && open !== "import" && open !== "categories";
  return (
    <>
      <Tools
        onOpen={isAdmin ? setOpen : null}
        onSearch={(words) => {
          setSearch(words);
          setTrail([]);
        }}
        search={search}
      />
      {items.fault !== null && <Trouble fault={items.fault} onRetry={reload} />}
      {items.value?.rows.length === 0 && (
        <p className="office-card office-empty">{text(search === "" ? "item.none" : "item.not-found")}</p>
      )}
      {items.value !== null && items.value.rows.length > 0 && (
        <ItemTable answer={items.value} categories={categories.value} onEdit={isAdmin ? setOpen : null} />
      )}
      <div className="office-pages">
        {trail.length > 0 && (
          <Button onClick={() => setTrail(trail.slice(0, -1))} variant="default">
            {text("page.before")}
          </Button>
        )}
        {next !== null && (
          <Button onClick={() => setTrail([...trail, next])} variant="default">
            {text("page.next")}
          </Button>
        )}
      </div>
      {open === "import" && <ImportWizard onClose={close} onImported={reload} storeCode={storeCode} />}
      {open === "categories" && categories.value !== null && (
        <CategoriesDialog answer={categories.value} onClose={close} onSaved={reload} storeCode={storeCode} />
      )}
      {isOfItem && (
        <ItemForm
          categories={categories.value}
          onClose={close}
          onSaved={reload}
          row={open === "new" ? null : open}
          storeCode={storeCode}
        />
      )}
    </>
  );
}

interface ToolsProps {
  readonly search: string;
  readonly onSearch: (words: string) => void;
  /** null for who may only look. */
  readonly onOpen: ((open: Open) => void) | null;
}

function Tools({ search, onSearch, onOpen }: ToolsProps) {
  const { text } = useWords();
  return (
    <div className="office-tools">
      <TextInput
        aria-label={text("item.search")}
        className="office-grow"
        leftSection={<IconSearch aria-hidden size={18} />}
        maxLength={80}
        onChange={(event) => onSearch(event.currentTarget.value)}
        placeholder={text("item.search")}
        value={search}
      />
      {onOpen !== null && (
        <>
          <Button onClick={() => onOpen("categories")} variant="default">
            {text("category.title")}
          </Button>
          <Button
            leftSection={<IconFileSpreadsheet aria-hidden size={18} />}
            onClick={() => onOpen("import")}
            variant="default"
          >
            {text("import")}
          </Button>
          <Button leftSection={<IconPlus aria-hidden size={18} />} onClick={() => onOpen("new")}>
            {text("item.add")}
          </Button>
        </>
      )}
    </div>
  );
}

interface TableProps {
  readonly answer: ItemsAnswer;
  readonly categories: CategoriesAnswer | null;
  readonly onEdit: ((row: ItemRow) => void) | null;
}

function ItemTable({ answer, categories, onEdit }: TableProps) {
  const { text, locale } = useWords();
  const named = (value: { readonly nameZh: string; readonly nameEn: string }) =>
    locale === "en" && value.nameEn !== "" ? value.nameEn : value.nameZh;
  const categoryName = (id: string) => {
    const row = categories?.rows.find((category) => category.id === id);
    return row === undefined ? id : named(row.value);
  };
  return (
    <section className="office-card office-shop office-scroll">
      <table className="office-table office-items">
        <TableHead
          columns={[
            { name: text("item.name") },
            { name: text("item.id") },
            { name: text("item.barcode") },
            { name: text("item.category") },
            { name: text("item.price"), isRight: true },
            ...(onEdit === null ? [] : [{ name: text("edit"), isHidden: true }]),
          ]}
        />
        <tbody>
          {answer.rows.map((row) => (
            <tr key={row.id}>
              <th data-label={text("item.name")} scope="row">
                {named(row.value)}
              </th>
              <td className="figures" data-label={text("item.id")}>
                {row.id}
              </td>
              <td className="figures" data-label={text("item.barcode")}>
                {row.value.barcodes
                  .slice(0, 2)
                  .map(({ barcode }) => barcode)
                  .join(", ") || "—"}
                {row.value.barcodes.length > 2 && text("till.and-more", { count: row.value.barcodes.length - 2 })}
              </td>
              <td data-label={text("item.category")}>{categoryName(row.value.categoryId)}</td>
              <td className="office-right figures office-amount" data-label={text("item.price")}>
                {row.value.openPrice === undefined ? money(row.value.priceFen) : text("item.open-price")}
                {row.value.unit === "kg" && " /kg"}
                {row.value.pricesFrom[0] !== undefined && (
                  <span className="office-soft office-later">
                    {text("item.later", {
                      ...{ price: money(row.value.pricesFrom[0].priceFen) },
                      at: dayAndClock(Date.parse(row.value.pricesFrom[0].validFrom)),
                    })}
                  </span>
                )}
              </td>
              {onEdit !== null && (
                <td className="office-actions">
                  <Button
                    aria-label={text("item.edit", { name: row.value.nameZh })}
                    onClick={() => onEdit(row)}
                    size="sm"
                    variant="subtle"
                  >
                    {text("edit")}
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
