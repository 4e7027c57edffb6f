/** A small picture as numbers: grey, 0 for black to 9 for white. */

/** Cells along the longer side. */
export const LARGEST = 16;
const WHITE = 9;

/** The size that a picture is brought to, rows and columns. */
export function fitted(height: number, width: number): [number, number] {
  const scale = Math.min(1, LARGEST / Math.max(height, width));
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))];
}

/**
 * @param rgba four bytes a pixel
 * @returns rows of whole numbers
 */
export function greys(rgba: ArrayLike<number>, columns: number): number[][] {
  const pixels = Array.from(
    { length: rgba.length / 4 },
    (_, at) => 0.299 * rgba[4 * at] + 0.587 * rgba[4 * at + 1] + 0.114 * rgba[4 * at + 2],
  );
  const values = pixels.map((luma) => Math.round((luma / 255) * WHITE));
  return Array.from({ length: values.length / columns }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );
}

/**
 * Read a picture that the reader chose or dropped; it never leaves the page.
 * @throws DOMException if it is no picture
 */
export async function readImage(
  file: Blob,
): Promise<{ rows: number[][]; height: number; width: number }> {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    const { naturalHeight: height, naturalWidth: width } = image;
    const [rows, columns] = fitted(height, width);
    const canvas = Object.assign(document.createElement("canvas"), {
      width: columns,
      height: rows,
    });
    const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
    pen.imageSmoothingQuality = "high";
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, columns, rows);
    pen.drawImage(image, 0, 0, columns, rows);
    return { rows: greys(pen.getImageData(0, 0, columns, rows).data, columns), height, width };
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
