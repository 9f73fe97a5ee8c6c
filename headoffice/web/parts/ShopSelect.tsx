import { Select } from "@mantine/core";
import type { ShopAnswer } from "../../admin/shapes.ts";
import { useWords } from "../texts.tsx";

interface Props {
  readonly shops: readonly ShopAnswer[];
  readonly value: string | null;
  readonly onChange: (storeCode: string | null) => void;
  /** Offers "all shops" too. */
  readonly isOptional?: boolean;
}

export function ShopSelect({ shops, value, onChange, isOptional = false }: Props) {
  const { text, locale } = useWords();
  const nameOf = ({ nameZh, nameEn }: ShopAnswer) => (locale === "en" && nameEn !== "" ? nameEn : nameZh);
  return (
    <Select
      allowDeselect={false}
      className="office-shop-select"
      comboboxProps={{ transitionProps: { duration: 80 } }}
      data={[
        ...(isOptional ? [{ value: "", label: text("sales.all-shops") }] : []),
        ...shops.map((shop) => ({ value: shop.storeCode, label: `${shop.storeCode} ${nameOf(shop)}` })),
      ]}
      label={text("shop")}
      onChange={(chosen) => onChange(chosen === "" ? null : chosen)}
      searchable={shops.length > 8}
      value={value ?? (isOptional ? "" : null)}
    />
  );
}
