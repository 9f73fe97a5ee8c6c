import { Button } from "@mantine/core";
import { useWords } from "../texts.tsx";

/** Names the other language in itself, so that whoever cannot read the page finds it. */
export function LanguageSwitch() {
  const { locale, setLocale } = useWords();
  const other = locale === "en" ? "zh-CN" : "en";
  return (
    <Button className="office-language" lang={other} onClick={() => setLocale(other)} size="sm" variant="subtle">
      {other === "en" ? "English" : "中文"}
    </Button>
  );
}
