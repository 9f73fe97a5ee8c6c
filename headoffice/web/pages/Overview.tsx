import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { ShopAnswer, ShopsAnswer } from "../../admin/shapes.ts";
import { money } from "../formats.ts";
import { Figure } from "../parts/Figure.tsx";
import { TerminalTable } from "../parts/TerminalTable.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { useSession } from "../session.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";
import { ShopForm } from "./ShopForm.tsx";

const askAgainMs = 10_000;

/** All shops and their tills: first what needs somebody, then every shop with how it stands. */
export function Overview() {
  const { text } = useWords();
  const { role } = useSession();
  const [isAdding, setAdding] = useState(false);
  const { value, fault, reload } = useAnswer<ShopsAnswer>("/shops", askAgainMs);
  return (
    <>
      <div className="office-head">
        <h1>{text("overview.title")}</h1>
        {role === "admin" && (
          <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setAdding(true)}>
            {text("shop.add")}
          </Button>
        )}
      </div>
      {fault !== null && <Trouble fault={fault} onRetry={reload} />}
      {value !== null && <Figures answer={value} />}
      {value?.shops.length === 0 && <p className="office-card office-empty">{text("overview.empty")}</p>}
      {value?.shops.map((shop) => (
        <ShopCard key={shop.storeCode} nowMs={value.nowMs} shop={shop} />
      ))}
      <ShopForm isOpen={isAdding} onClose={() => setAdding(false)} onSaved={reload} />
    </>
  );
}

function Figures({ answer }: { readonly answer: ShopsAnswer }) {
  const { text } = useWords();
  const terminals = answer.shops.flatMap((shop) => shop.terminals).filter(({ state }) => state === "active");
  const differing = terminals.filter(({ agreement }) => agreement.state === "differs").length;
  const agreed = terminals.filter(({ agreement }) => agreement.state === "agreed").length;
  return (
    <div className="office-figures">
      <Figure label={text("overview.shops")} value={String(answer.shops.length)} />
      <Figure label={text("overview.tills")} value={String(terminals.length)} />
      <Figure
        label={text("overview.agreed")}
        tone={differing > 0 ? "bad" : undefined}
        value={text("overview.of", { some: agreed, all: terminals.length })}
      />
      <Figure
        href="#/reviews"
        label={text("overview.to-review")}
        tone={answer.openReviews > 0 ? "wait" : undefined}
        value={String(answer.openReviews)}
      />
    </div>
  );
}

function ShopCard({ shop, nowMs }: { readonly shop: ShopAnswer; readonly nowMs: number }) {
  const { locale, text } = useWords();
  const [first, second] = locale === "en" ? [shop.nameEn, shop.nameZh] : [shop.nameZh, shop.nameEn];
  return (
    <section className="office-card office-shop">
      <div className="office-shop-head">
        <h2>
          <a href={`#/shops/${shop.storeCode}`}>{first === "" ? second : first}</a>
          <span className="office-code">{shop.storeCode}</span>
        </h2>
        <p className="office-soft figures">
          {shop.day === null
            ? text("shop.no-sales")
            : text("shop.day", {
                ...{ date: shop.day.businessDate, count: shop.day.saleCount, total: money(shop.day.salesFen) },
              })}
          {" · "}
          {text("shop.items", { count: shop.itemCount })}
        </p>
      </div>
      <TerminalTable nowMs={nowMs} terminals={shop.terminals} />
    </section>
  );
}
