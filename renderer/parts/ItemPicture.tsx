import "./item-picture.css";
import { useState } from "react";
import { imagePath } from "#core/item-image/image-name.ts";

/** An item's image beside its name; the name's first sign where there is none, or none that can be shown. */
export function ItemPicture({ image, name }: { readonly image: string | undefined; readonly name: string }) {
  const [lost, setLost] = useState<string | null>(null);
  if (image === undefined || image === lost) {
    return (
      <span className="item-picture item-initial" data-testid="item-initial" aria-hidden>
        {[...name][0]?.toLocaleUpperCase()}
      </span>
    );
  }
  return (
    <img
      className="item-picture"
      data-testid="item-picture"
      src={imagePath(image)}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => setLost(image)}
    />
  );
}
