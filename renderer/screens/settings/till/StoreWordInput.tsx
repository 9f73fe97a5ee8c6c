import { Textarea, TextInput } from "@mantine/core";
import { mostReceiptLines, type StoreWord, storeWordLimits, storeWordProblem } from "#core/receipt/store-words.ts";
import { useShopSettingsText } from "./shop-settings-texts.ts";

/** A little more may be typed than is taken, so that what is too long is told instead of cut off unseen. */
const mostTyped = 400;

const lined: ReadonlySet<StoreWord> = new Set(["headerZh", "headerEn", "footerZh", "footerEn"]);

/** One of the shop's words, judged as it is typed. What head office has set is shown and not changed here. */
export function StoreWordInput(props: {
  readonly word: StoreWord;
  readonly value: string;
  readonly isOffice: boolean;
  readonly onType: (value: string) => void;
}) {
  const { word, value, isOffice, onType } = props;
  const text = useShopSettingsText();
  const problem = storeWordProblem(word, value);
  const shared = {
    label: text(`word.${word}`),
    size: "md",
    className: `settings-field${word === "address" ? " shop-whole" : ""}`,
    "data-testid": `word-${word}`,
    value,
    maxLength: mostTyped,
    autoComplete: "off",
    spellCheck: false,
    ...languageOf(word),
    readOnly: isOffice,
    error:
      problem === null
        ? undefined
        : text(`problem.${problem}`, { most: storeWordLimits[word], lines: mostReceiptLines }),
    ...(isOffice ? { description: text("by-office") } : {}),
  } as const;
  return lined.has(word) ? (
    <Textarea
      {...shared}
      autosize
      minRows={2}
      maxRows={mostReceiptLines}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...shared} onChange={(event) => onType(event.currentTarget.value)} />
  );
}

/** What is typed in a field is in its own language, whatever the page speaks. */
function languageOf(word: StoreWord): { readonly lang?: string } {
  if (word.endsWith("Zh")) return { lang: "zh-CN" };
  return word.endsWith("En") ? { lang: "en" } : {};
}
