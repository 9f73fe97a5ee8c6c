import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodType } from "zod";
import type { FeedRow } from "#contract/wire/feed.ts";
import type { FeedChange } from "../feed/feed-change.ts";
import { personAsking, type Api } from "./api-scope.ts";
import { changeRow, listRows, type ChangeFault } from "./catalogue.ts";
import { conflict, notFound, parsed, Refusal } from "./refusal.ts";
import { categoryBody, itemBody, personOfShopBody, rowParams, rowsQuery, settingBody, storeParams } from "./shapes.ts";

/** Settings of a shop that head office gives; tills take those they know. */
const knownSettings = new Set(["store.footerZh", "store.footerEn"]);

interface Kind {
  readonly path: string;
  readonly kind: FeedRow["kind"];
  readonly body: ZodType;
}

const kinds: readonly Kind[] = [
  { path: "items", kind: "item", body: itemBody },
  { path: "categories", kind: "category", body: categoryBody },
  { path: "people", kind: "person", body: personOfShopBody },
  { path: "settings", kind: "setting", body: settingBody },
];

/** What a shop sells, who works there and what its receipts say: all that goes down to its tills. */
export function catalogueRoutes(app: FastifyInstance, { office }: Api): void {
  const { sql, clock } = office;

  async function change(request: FastifyRequest, { kind, body }: Kind, isRemoval: boolean) {
    const { store, id } = parsed(rowParams, request.params);
    if (kind === "setting" && !knownSettings.has(id)) throw notFound("setting");
    const value = isRemoval ? null : parsed(body, request.body);
    // The kind and the schema of its value stand in one row of `kinds`.
    const asked = { kind, id, value } as FeedChange;
    const changed = await changeRow(sql, personAsking(request).name, store, asked, clock.now());
    if (!changed.ok) throw refusalOf(changed.fault);
    return { changed: changed.value };
  }

  for (const kind of kinds) {
    const list = `/shops/:store/${kind.path}`;
    app.get(list, { config: { access: "viewer" } }, (request) => {
      const { store } = parsed(storeParams, request.params);
      return listRows(sql, store, { kind: kind.kind, ...parsed(rowsQuery, request.query) });
    });
    app.put(`${list}/:id`, (request) => change(request, kind, false));
    app.delete(`${list}/:id`, (request) => change(request, kind, true));
  }
}

function refusalOf(fault: ChangeFault): Refusal {
  switch (fault.kind) {
    case "no-shop":
      return notFound("shop");
    case "no-category":
      return new Refusal(400, "bad-request", `categoryId: there is no category ${fault.id}`);
    case "barcode-taken":
      return conflict(`barcode ${fault.barcode} is item ${fault.id}'s`);
    case "category-in-use":
      return conflict("items are in this category");
  }
}
