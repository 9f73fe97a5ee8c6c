import { expect, it } from "vitest";
import { pageHtml } from "./page-html.ts";

const page = {
  ...{ widthMicrons: 80_000, heightMicrons: 112_250, leftMicrons: 4_000, widthDots: 576 },
  pictures: [{ heightDots: 882, png: "iVBORw0KGgo=" }],
};

it("a page holds its picture alone, moved to the head and scaled from pixels to dots, and no script", () => {
  const html = pageHtml(page);
  expect(html.match(/<(?!meta|title|style|div|img|!doctype|\/)\w+/g)).toBe(null);
  expect(html).toContain('<div id="b0"><img id="p0" alt="" src="data:image/png;base64,iVBORw0KGgo="></div>');
  // 882 dots are 110.25 mm; 96 pixels an inch are 0.472… for each dot.
  expect(html).toContain("#b0{height:110.250mm}#p0{height:882px}");
  expect(html).toContain("width:576px;");
  expect(html).toMatch(/transform:translateX\(4\.000mm\) scale\(0\.47244094\d*\)/);
});

it("names no size of the sheet, which Chromium would fit into the one it was asked for", () => {
  expect(pageHtml(page)).not.toMatch(/@page\{[^}]*size/);
});

it("each picture has a sheet of its own", () => {
  const two = pageHtml({ ...page, pictures: [...page.pictures, { heightDots: 7, png: "AA==" }] });
  expect(two).toContain("div+div{break-before:page}");
  expect(two).toContain("#b1{height:0.875mm}#p1{height:7px}");
});

it("nothing gets out of a picture into the page", () => {
  const html = pageHtml({ ...page, pictures: [{ heightDots: 1, png: 'x"><script>alert(1)</script>' }] });
  expect(html).not.toMatch(/<script|"><s/);
});
