import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ReviewAnswer, ReviewsAnswer } from "../../admin/shapes.ts";
import { send } from "../api-client.ts";
import { dayAndClock, money } from "../formats.ts";
import { reasonAdvice, reasonDetail, reasonWords } from "../reason-words.ts";
import { CarriedOrders } from "../parts/CarriedOrders.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { useSession } from "../session.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

const askAgainMs = 15_000;

/** Entries that were stored and need a person's eye. Signing one off changes nothing but who has seen it. */
export function Reviews() {
  const { text } = useWords();
  const [open, setOpen] = useState<"yes" | "no">("yes");
  const [before, setBefore] = useState<string | null>(null);
  const page = before === null ? "" : `&before=${encodeURIComponent(before)}`;
  const { value, fault, reload } = useAnswer<ReviewsAnswer>(`/reviews?open=${open}${page}`, askAgainMs);
  return (
    <>
      <div className="office-head">
        <h1>{text("nav.reviews")}</h1>
        <SegmentedControl
          data={[
            { value: "yes", label: text("review.open") },
            { value: "no", label: text("review.seen") },
          ]}
          onChange={(value) => {
            setOpen(value === "no" ? "no" : "yes");
            setBefore(null);
          }}
          size="md"
          value={open}
        />
      </div>
      {fault !== null && <Trouble fault={fault} onRetry={reload} />}
      {value?.quarantine.map(({ storeCode, terminalId, count }) => (
        <p className="office-card office-note" key={`${storeCode}-${terminalId}`}>
          {text("review.quarantine", { name: `${storeCode}-${terminalId}`, count })}
        </p>
      ))}
      {open === "yes" &&
        value?.takings.map(({ storeCode, terminalId, count, amountFen }) => (
          <p className="office-card office-note" data-testid="unverified" key={`${storeCode}-${terminalId}`}>
            {text("review.takings", { name: `${storeCode}-${terminalId}`, count, amount: money(amountFen) })}
          </p>
        ))}
      {open === "yes" && <CarriedOrders />}
      {value?.reviews.length === 0 && (
        <p className="office-card office-empty">{text(open === "yes" ? "review.none" : "review.none-seen")}</p>
      )}
      {value?.reviews.map((review) => (
        <Review key={keyOf(review)} onSeen={reload} review={review} />
      ))}
      <div className="office-pages">
        {before !== null && (
          <Button onClick={() => setBefore(null)} variant="default">
            {text("review.newest")}
          </Button>
        )}
        {value !== null && value.next !== null && (
          <Button onClick={() => setBefore(value.next)} variant="default">
            {text("review.older")}
          </Button>
        )}
      </div>
    </>
  );
}

const keyOf = (review: ReviewAnswer): string =>
  [review.storeCode, review.terminalId, review.epoch, review.seq, review.reason].join(" ");

function Review({ review, onSeen }: { readonly review: ReviewAnswer; readonly onSeen: () => void }) {
  const { text } = useWords();
  const isAdmin = useSession().role === "admin";
  const { storeCode, terminalId, epoch, seq, reason, detail, noticedMs, seenBy, seenMs } = review;
  const advice = reasonAdvice(reason, text);
  const see = async () => {
    await send("POST", "/reviews/seen", { store: storeCode, terminal: terminalId, epoch, seq, reason });
    onSeen();
  };
  return (
    <article className="office-card office-review">
      <div>
        <h2>{reasonWords(reason, text)}</h2>
        {advice !== null && <p>{advice}</p>}
        <p className="office-soft figures">
          {`${storeCode}-${terminalId} · ${text("sale.entry", { epoch, seq })} · ${dayAndClock(noticedMs)}`}
        </p>
        {detail !== "" && <p className="office-soft office-detail">{reasonDetail(reason, detail, text)}</p>}
      </div>
      <span className="office-grow" />
      {seenBy !== null && seenMs !== null ? (
        <span className="office-soft">{text("review.seen-by", { name: seenBy, at: dayAndClock(seenMs) })}</span>
      ) : (
        isAdmin && (
          <Button onClick={() => void see()} variant="default">
            {text("review.see")}
          </Button>
        )
      )}
    </article>
  );
}
