import "./goods.css";
import {
  IconArrowLeft,
  IconBuildingStore,
  IconCategory,
  IconFileExport,
  IconFileImport,
  IconPhoto,
  IconPlus,
  IconTag,
} from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { CatalogDeskView } from "#contract/ipc/catalog-intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { openLabelsPage } from "../labels/labels-desk.ts";
import { useLabelsText } from "../labels/labels-texts.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { CategoriesDialog } from "./CategoriesDialog.tsx";
import { ExportDialog } from "./ExportDialog.tsx";
import { scannedCodeStore } from "./goods-desk.ts";
import { GoodsList } from "./GoodsList.tsx";
import { useGoodsText } from "./goods-texts.ts";
import { ImageFolderPage } from "./item-image/ImageFolderPage.tsx";
import { useImageText } from "./item-image/image-texts.ts";
import { ImportPage } from "./ImportPage.tsx";
import { draftOf, newDraft, type ItemDraft } from "./item-draft.ts";
import { ItemEditor } from "./ItemEditor.tsx";
import { type Goods, useGoods } from "./use-goods.ts";

type Over = "categories" | "export" | "import" | "images" | null;
/** What takes the place of the list. */
type Inner = "import" | "images" | null;

/** The item in the fields, and whether it is there because it was just saved. */
interface Editing {
  readonly draft: ItemDraft;
  readonly wasSaved: boolean;
}

/** The shop's goods: found, changed, taken in and written out. Where head office keeps them they are only shown. */
export function GoodsPage({ onLeave }: { readonly onLeave: () => void }) {
  const [search, setSearch] = useState("");
  const [categoryId, setCategoryId] = useState<string | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [over, setOver] = useState<Over>(null);
  const goods = useGoods(search, categoryId);
  const { desk } = goods;
  const inner: Inner = over === "import" || over === "images" ? over : null;
  useScannedCode(desk, setEditing);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    if (inner !== null) setOver(null);
    else if (editing !== null) setEditing(null);
    else onLeave();
    return true;
  });
  const closeAndRead = (): void => {
    setOver(null);
    goods.readAgain();
  };
  const edit = (draft: ItemDraft): void => setEditing({ draft, wasSaved: false });
  return (
    <div className="goods" data-testid="goods">
      <Bar
        {...{ desk, inner }}
        onLeave={() => (inner === null ? onLeave() : setOver(null))}
        onOver={setOver}
        onNew={() => edit(newDraft(categoryId ?? desk?.categories[0]?.id ?? "", null))}
      />
      <NoticeStrip />
      <Notes goods={goods} />
      {inner === "import" && <ImportPage onDone={closeAndRead} />}
      {inner === "images" && <ImageFolderPage onDone={closeAndRead} />}
      {inner === null && (
        <main className="goods-body">
          <GoodsList
            {...{ goods, search, categoryId }}
            chosenSku={editing === null || editing.draft.isNew ? null : editing.draft.sku}
            onSearch={setSearch}
            onCategory={setCategoryId}
            onChoose={(item) => edit(draftOf(item))}
          />
          <ItemEditor
            key={editing === null ? "" : `${editing.draft.isNew} ${editing.draft.sku}`}
            draft={editing?.draft ?? null}
            wasSaved={editing?.wasSaved ?? false}
            isReadOnly={desk?.isFed ?? true}
            categories={desk?.categories ?? []}
            onSaved={(item) => {
              setEditing(item === null ? null : { draft: draftOf(item), wasSaved: true });
              goods.readAgain();
            }}
            onClose={() => setEditing(null)}
            onImage={goods.readAgain}
          />
        </main>
      )}
      {over === "categories" && desk !== null && (
        <CategoriesDialog categories={desk.categories} onClose={() => setOver(null)} onSaved={closeAndRead} />
      )}
      {over === "export" && <ExportDialog onClose={() => setOver(null)} />}
    </div>
  );
}

/** An unknown scan that brought the manager here is an item to be made, once. */
function useScannedCode(desk: CatalogDeskView | null, edit: (editing: Editing) => void): void {
  const scanned = scannedCodeStore.use();
  useEffect(() => {
    if (scanned === null || desk === null || desk.isFed) return;
    edit({ draft: newDraft(desk.categories[0]?.id ?? "", scanned), wasSaved: false });
    scannedCodeStore.set(null);
  }, [scanned, desk, edit]);
}

function Notes({ goods }: { readonly goods: Goods }) {
  const text = useGoodsText();
  const tillText = useTillText();
  const place = useClockPlace();
  return (
    <>
      {goods.fault !== null && <TroubleNote text={faultText(goods.fault, tillText, place)} />}
      {goods.desk?.isFed === true && (
        <p className="goods-fed" role="status" data-testid="goods-fed">
          <IconBuildingStore size={22} aria-hidden />
          {text("fed")}
        </p>
      )}
    </>
  );
}

function Bar(props: {
  readonly desk: CatalogDeskView | null;
  readonly inner: Inner;
  readonly onLeave: () => void;
  readonly onOver: (over: Over) => void;
  readonly onNew: () => void;
}) {
  const { desk, inner, onLeave, onOver, onNew } = props;
  const text = useGoodsText();
  const imageText = useImageText();
  return (
    <header className="goods-bar">
      <Press data-testid="goods-leave" onClick={onLeave}>
        <IconArrowLeft size={22} aria-hidden />
        {text("back")}
        <KeyCap>Esc</KeyCap>
      </Press>
      <h1>
        {inner === "images" ? imageText("title") : text(inner === "import" ? "import.title" : "title")}
        {desk !== null && inner === null && (
          <span className="goods-soft figures">{text("count", { count: desk.itemCount })}</span>
        )}
      </h1>
      {inner === null && <BarKeys isFed={desk?.isFed ?? true} onOver={onOver} onNew={onNew} />}
    </header>
  );
}

function BarKeys(props: {
  readonly isFed: boolean;
  readonly onOver: (over: Over) => void;
  readonly onNew: () => void;
}) {
  const text = useGoodsText();
  const labelsText = useLabelsText();
  const imageText = useImageText();
  const { isFed, onOver, onNew } = props;
  return (
    <div className="goods-keys">
      {!isFed && (
        <>
          <Press data-testid="goods-import" onClick={() => onOver("import")}>
            <IconFileImport size={22} aria-hidden />
            {text("import")}
          </Press>
          <Press data-testid="goods-categories" onClick={() => onOver("categories")}>
            <IconCategory size={22} aria-hidden />
            {text("categories")}
          </Press>
        </>
      )}
      <Press data-testid="goods-images" onClick={() => onOver("images")}>
        <IconPhoto size={22} aria-hidden />
        {imageText("open")}
      </Press>
      <Press data-testid="goods-labels" onClick={openLabelsPage}>
        <IconTag size={22} aria-hidden />
        {labelsText("open")}
      </Press>
      <Press data-testid="goods-export" onClick={() => onOver("export")}>
        <IconFileExport size={22} aria-hidden />
        {text("export")}
      </Press>
      {!isFed && (
        <Press tone="primary" data-testid="goods-new" onClick={onNew}>
          <IconPlus size={22} aria-hidden />
          {text("new")}
        </Press>
      )}
    </div>
  );
}
