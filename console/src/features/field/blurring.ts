/**
 * Making parts of a picture unreadable where a finger passes. Nothing looks for anything: what is
 * blurred is what the officer touched.
 */
export interface Dab {
  x: number;
  y: number;
}

export type Stroke = readonly Dab[];

/** So many squares lie across the longest side: a face close up becomes a handful of them. */
const SQUARES_ACROSS = 32;
const SMALLEST_SQUARE_PX = 12;
const FINGER_SHARE = 0.05;

/** The side of a square, in pixels of the picture. */
export function squareOf(width: number, height: number): number {
  return Math.max(SMALLEST_SQUARE_PX, Math.ceil(Math.max(width, height) / SQUARES_ACROSS));
}

/** How far round a dab is blurred, in pixels of the picture. */
export function reachOf(width: number, height: number): number {
  return Math.max(SMALLEST_SQUARE_PX, Math.max(width, height) * FINGER_SHARE);
}

/** Dabs so close that nothing between two of them is left readable. */
export function between(from: Dab, to: Dab, step: number): Dab[] {
  const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
  return Array.from({ length: count }, (_, place) => {
    const share = (place + 1) / count;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  });
}

/** The picture in squares of one colour: what is left of it where it was touched. */
function inSquares(picture: ImageBitmap): HTMLCanvasElement {
  const square = squareOf(picture.width, picture.height);
  const small = document.createElement('canvas');
  small.width = Math.ceil(picture.width / square);
  small.height = Math.ceil(picture.height / square);
  const pen = small.getContext('2d');
  if (pen !== null) {
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, picture.width / square, picture.height / square);
  }
  return small;
}

/** Draws a picture with what was touched made unreadable, in the picture's own size. */
export class Blurring {
  readonly #picture: ImageBitmap;
  readonly #squares: HTMLCanvasElement;

  constructor(picture: ImageBitmap) {
    this.#picture = picture;
    this.#squares = inSquares(picture);
  }

  get width(): number {
    return this.#picture.width;
  }

  get height(): number {
    return this.#picture.height;
  }

  draw(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): void {
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.drawImage(this.#picture, 0, 0);
    const reach = reachOf(this.width, this.height);
    pen.save();
    pen.beginPath();
    for (const { x, y } of strokes.flat()) {
      pen.moveTo(x + reach, y);
      pen.arc(x, y, reach, 0, 2 * Math.PI);
    }
    pen.clip();
    if (strokes.length > 0) {
      const square = squareOf(this.width, this.height);
      pen.imageSmoothingEnabled = false;
      const { width, height } = this.#squares;
      pen.drawImage(this.#squares, 0, 0, width * square, height * square);
    }
    pen.restore();
  }
}
