import type { CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { ImageFolderStanding } from "#contract/ipc/item-image-intents.ts";
import { ok } from "#core/result.ts";
import { asManager, type Goods } from "#main/till/catalogue/catalog-intents.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import type { ImageDesk } from "#main/till/ports/image-desk.ts";
import { applyFolder, reportFolder } from "./image-folder.ts";
import { chooseImage, removeImage } from "./one-image.ts";

/** Whoever may manage the catalogue, head office's goods included: it has no images, so they are this till's. */
function withImages<T, R extends Outcome<T> | Promise<Outcome<T>>>(
  till: TillContext,
  work: (images: ImageDesk, goods: Goods, cashierId: string) => R,
): R | ReturnType<typeof refuse> {
  return asManager<T, R | ReturnType<typeof refuse>>(till, (goods, cashierId) => {
    const images = goods.images ?? null;
    return images === null ? refuse("not-allowed") : work(images, goods, cashierId);
  });
}

type Standing = Outcome<ImageFolderStanding>;

/** Images of goods: of one item, or a folder of them. */
export const itemImageIntents = {
  "choose-item-image": {
    needs: "signed-in",
    run: (till: TillContext, { sku }: IntentArgs<"choose-item-image">) =>
      withImages(till, (images, { desk }, cashierId): Promise<Outcome<CatalogItemView | null>> =>
        chooseImage(till, { images, desk, cashierId }, sku),
      ),
  },
  "remove-item-image": {
    needs: "signed-in",
    run: (till: TillContext, { sku }: IntentArgs<"remove-item-image">) =>
      withImages(till, (_images, { desk }, cashierId): Promise<Outcome<CatalogItemView>> =>
        removeImage(till, { desk, cashierId }, sku),
      ),
  },

  "image-folder-choose": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withImages(till, async ({ folder }): Promise<Standing> => {
        await folder.choose(till.state.locale);
        return ok(folder.standing());
      }),
  },
  "image-folder-standing": {
    needs: "signed-in",
    run: (till: TillContext) => withImages(till, ({ folder }): Standing => ok(folder.standing())),
  },
  "image-folder-apply": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withImages(till, ({ folder }, { desk }, cashierId): Promise<Standing> =>
        applyFolder(till, { folder, desk, cashierId }),
      ),
  },
  "image-folder-cancel": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withImages(till, ({ folder }): Standing => {
        folder.cancel();
        return ok(folder.standing());
      }),
  },
  "image-folder-discard": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withImages(till, ({ folder }): Standing => {
        folder.discard();
        return ok(folder.standing());
      }),
  },
  "image-folder-report": {
    needs: "signed-in",
    run: (till: TillContext) =>
      withImages(till, ({ folder }): Promise<Outcome<{ readonly rowCount: number } | null>> =>
        reportFolder(till, folder),
      ),
  },
} as const;
