import { IconTicket, IconUserStar } from "@tabler/icons-react";
import type { PromotionsView } from "#contract/ipc/pricing-intents.ts";
import type { Promotion } from "#core/promotion/promotion.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { dealWords, scheduleWords, standingOf } from "./deal-words.ts";
import { usePromotionsText } from "./promotions-texts.ts";

/** Every promotion that was not ended: what it does, when, and whether it is on now. */
export function PromotionList(props: {
  readonly view: PromotionsView;
  readonly openId: string | null;
  readonly onOpen: (promotion: Promotion) => void;
}) {
  const { view, openId, onOpen } = props;
  const text = usePromotionsText();
  const locale = useLocale();
  if (view.promotions.length === 0) {
    return (
      <p className="manager-card promotions-none" data-testid="promotions-empty">
        {text("empty")}
      </p>
    );
  }
  return (
    <ul className="promotion-list" aria-label={text("title")}>
      {view.promotions.map((promotion) => {
        const standing = standingOf(promotion, view.moment);
        return (
          <li key={promotion.id}>
            <button
              type="button"
              className="manager-card promotion-row"
              data-testid="promotion-row"
              data-standing={standing}
              aria-pressed={promotion.id === openId}
              onClick={() => onOpen(promotion)}
            >
              <span className="promotion-row-head">
                <strong>{localName(promotion, locale)}</strong>
                <span className={`promotion-standing promotion-standing-${standing}`}>
                  {text(`standing.${standing}`)}
                </span>
              </span>
              <span>{dealWords(promotion.deal, text)}</span>
              <span className="manager-soft figures">
                {promotion.isMemberOnly && <IconUserStar size={16} role="img" aria-label={text("members")} />}
                {promotion.coupon !== null && <IconTicket size={16} role="img" aria-label={text("coupon")} />}
                {scheduleWords(promotion.schedule, text)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
