/** Things to lay on the bench's scale: loose goods as a customer brings them, by what they weigh. */
export interface ScaleGood {
  readonly key: "bananas" | "apples" | "cherries" | "cabbage" | "garlic" | "watermelon";
  readonly grams: number;
}

/** Two of them are beyond the scale: too light to sell by it, and too heavy for it. */
export const scaleGoods: readonly ScaleGood[] = [
  { key: "bananas", grams: 1_250 },
  { key: "apples", grams: 845 },
  { key: "cherries", grams: 505 },
  { key: "cabbage", grams: 2_105 },
  { key: "garlic", grams: 60 },
  { key: "watermelon", grams: 16_400 },
];
