/** A QR code as an SVG picture for Typst, in ink on nothing. */
import encodeQR from "qr";

/** White around the code, in modules, without which cameras do not find it. */
const QUIET = 2;

/** @param ecc how much of it may be dirty: cards live in pockets */
export function qrPicture(text: string, ecc: "medium" | "high" = "medium"): string {
  const modules = encodeQR(text, "raw", { ecc, border: QUIET });
  const path = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")));
  const size = modules.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#2b2622" d="${path.join("")}"/></svg>`;
}
