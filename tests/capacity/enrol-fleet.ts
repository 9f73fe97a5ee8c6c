import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { FeedScope } from "#contract/wire/feed.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import { assert } from "#core/result.ts";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import { enrol } from "#headoffice/enrolment/enrol.ts";
import type { FeedChange } from "#headoffice/feed/feed-change.ts";
import { openHeadOffice } from "#headoffice/open-head-office.ts";
import type { Office } from "#headoffice/office.ts";
import { fillShop } from "#headoffice/shops/fill-shop.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import { feedHeads } from "#headoffice/store/feed-heads.ts";
import type { DatabaseChoice } from "#headoffice/store/open-store.ts";

/** A till with its key and what it knows of head office. */
export interface EnrolledTill {
  readonly place: TerminalName;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly office: { readonly key: string; readonly name: string };
  /** It has read its feeds: the heads, and how many rows of the catalogue there are. */
  readonly feedHead: Readonly<Record<FeedScope, number>>;
}

const tillsOfShop = 10;
const itemsOfShop = 20;
/** Enrolments under way at once: as many as an instance has connections to its database. */
const atOnce = 8;

/** Shops with some goods and ten tills each, enrolled by head office's own code. Nothing listens yet. */
export async function enrolFleet(database: DatabaseChoice, count: number): Promise<readonly EnrolledTill[]> {
  const opened = await openHeadOffice({ database });
  assert(opened.ok, "a database for the load run");
  const { office, close } = opened.value;
  const tills: EnrolledTill[] = [];
  const shops = Array.from({ length: Math.ceil(count / tillsOfShop) }, (_, index) => index);
  const openShops = async () => {
    for (let shop = shops.shift(); shop !== undefined; shop = shops.shift()) {
      tills.push(...(await openShop(office, shop)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, openShops));
  await close();
  return tills.slice(0, count);
}

async function openShop(office: Office, index: number): Promise<readonly EnrolledTill[]> {
  const storeCode = `S${index.toString(36).toUpperCase().padStart(3, "0")}`;
  await office.sql.transaction((tx) => putShop(tx, { storeCode, nameZh: `${index}号店`, nameEn: `Shop ${index}` }));
  const filled = await fillShop(office.sql, storeCode, { catalog: goods(), people: [] }, office.clock.now());
  assert(filled.ok, "goods for a new shop");
  const feedHead = await feedHeads(office.sql, storeCode);
  const tills: EnrolledTill[] = [];
  for (let till = 1; till <= tillsOfShop; till += 1) {
    const place = { storeCode, terminalId: `T${String(till).padStart(2, "0")}` };
    const pair = generateKeyPairSync("ed25519");
    const publicKey = pair.publicKey.export({ format: "jwk" }).x ?? "";
    const made = await createEnrolmentCode(office, place, { replaces: false });
    assert(made.ok, "a code for a new till");
    const done = await enrol(office, { ...place, code: made.value.code, publicKey, epoch: "load-1" });
    assert(done.ok, "a till enrols with a fresh code");
    const known = { key: done.value.officeKey, name: done.value.officeName };
    tills.push({ place, privateKey: pair.privateKey, publicKey, office: known, feedHead });
  }
  return tills;
}

function goods(): readonly FeedChange[] {
  return Array.from({ length: itemsOfShop }, (_, index) => ({
    ...{ kind: "item", id: `SKU${index}` },
    value: {
      ...{ nameZh: `可口可乐汽水${index}号`, nameEn: `Cola ${index}`, categoryId: "drinks", unit: "piece" },
      ...{ priceFen: 350 + index, taxClass: "standard", scaleCode: null, isFavourite: false, pricesFrom: [] },
      barcodes: [{ barcode: `69012345${String(index).padStart(5, "0")}`, count: 1 }],
    },
  }));
}
