import type { DisplayView } from "#contract/ipc/display-view.ts";
import { formatClock, formatDay } from "../i18n/formats.ts";
import { localName, useClockPlace } from "../i18n/locale.tsx";
import { useNow } from "../i18n/use-now.ts";
import { ShopFront } from "./ShopFront.tsx";

/** Nobody is being served: the shop, the time, and a quiet picture of the shop. */
export function IdleStage(props: {
  readonly shop: DisplayView["shop"];
  /** An old till's, for the customer in front of it. */
  readonly words: readonly string[];
}) {
  const { shop, words } = props;
  const place = useClockPlace();
  const { locale } = place;
  const nowMs = useNow(1_000);
  const other = localName(shop, locale === "zh-CN" ? "en" : "zh-CN");
  const name = localName(shop, locale);
  return (
    <div className="display-idle-stage">
      <ShopFront shop={shop} />
      <div className="display-idle-words">
        <h1 className="display-idle-name">{name}</h1>
        {other !== name && <p className="display-idle-other">{other}</p>}
        <p className="figures display-idle-clock">{formatClock(nowMs, place)}</p>
        <p className="display-idle-day">{formatDay(nowMs, place)}</p>
        {words.length > 0 && (
          <p className="display-idle-told" data-testid="display-words">
            {words.join("\n")}
          </p>
        )}
      </div>
    </div>
  );
}
