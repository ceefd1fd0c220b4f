// @ts-check
/**
 * Comfort on the public pages. Every page works whole without this file.
 */

const LONGEST_SIDE_PIXELS = 1600;
const PHOTO_SENT_AS_IT_IS_BYTES = 1_000_000;
const POSITION_LIMIT_MS = 15_000;
const DEGREE_DIGITS = 6;

/** @type {Promise<void> | null} */
let shrinking = null;
/** How often it was looked for what is known: an answer to an earlier look counts no more. */
let looks = 0;

/** @template {HTMLElement} T @param {string} id @returns {T | null} */
const byId = (id) => /** @type {T | null} */ (document.getElementById(id));

const form = /** @type {HTMLFormElement | null} */ (byId("report-form"));
if (form) {
  offerPosition(form);
  searchInPlace(form);
  lookForKnown(form);
  shrinkPhoto(form);
  sendOnce(form);
}
byId("summary")?.focus();
offerCopy();
localTimes();

/** Show the button that takes the place from the device, where a device may tell it. */
function offerPosition(/** @type {HTMLFormElement} */ form) {
  const button = byId("use-position");
  const said = byId("position-said");
  if (!button || !said || !window.isSecureContext || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = button.dataset.waiting ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const lon = coords.longitude.toFixed(DEGREE_DIGITS);
        const lat = coords.latitude.toFixed(DEGREE_DIGITS);
        const metres = String(Math.max(1, Math.round(coords.accuracy)));
        // The server names the address of the position and answers with it as a choice.
        void showChoices(form, `${lon},${lat},`).then(() => {
          said.textContent = (button.dataset.found ?? "").replace("{metres}", metres);
        });
      },
      () => {
        said.textContent = button.dataset.refused ?? "";
      },
      { enableHighAccuracy: true, timeout: POSITION_LIMIT_MS },
    );
  });
}

/** Search without leaving the page, so that a photo that was chosen stays chosen. */
function searchInPlace(/** @type {HTMLFormElement} */ form) {
  const search = byId("search");
  form.addEventListener("keydown", (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "Enter" || field.tagName !== "INPUT" || field.id === "address") return;
    event.preventDefault();
    byId("send")?.click();
  });
  search?.addEventListener("click", (event) => {
    event.preventDefault();
    void showChoices(form, "");
  });
}

/** Ask the server for the places to choose from; fall back to sending the form as it is. */
async function showChoices(/** @type {HTMLFormElement} */ form, /** @type {string} */ place) {
  const asked = new FormData(form);
  if (place) asked.set("place", place);
  try {
    const page = await searched(form, asked);
    for (const part of ["choices", "address-wrong", "known"]) replacePart(part, page);
    localTimes();
  } catch {
    form.requestSubmit(byId("search"));
    return;
  }
  if (!place) byId("choices")?.querySelector("input")?.focus();
}

/** Show what has been reported near already, as soon as place and kind are chosen. */
function lookForKnown(/** @type {HTMLFormElement} */ form) {
  form.addEventListener("change", (event) => {
    const { name } = /** @type {HTMLInputElement} */ (event.target);
    const asked = new FormData(form);
    if (!["kind", "place"].includes(name) || !asked.get("kind") || !asked.get("place")) return;
    asked.delete("address");
    asked.delete("same");
    void showKnown(form, asked);
  });
}

/** Show what is known near, unless something else was chosen meanwhile. */
async function showKnown(/** @type {HTMLFormElement} */ form, /** @type {FormData} */ asked) {
  looks += 1;
  const look = looks;
  try {
    const page = await searched(form, asked);
    if (look !== looks) return;
    replacePart("known", page);
    localTimes();
  } catch {
    // A hint that does not come stops nobody from reporting.
  }
}

/** Return the page that answers a search with what is typed; the photo stays here. */
async function searched(/** @type {HTMLFormElement} */ form, /** @type {FormData} */ asked) {
  asked.delete("photo");
  asked.set("step", "search");
  const reply = await fetch(form.action, { method: "POST", body: asked });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (!reply.ok || !page.getElementById("choices")) throw new Error("no choices");
  return page;
}

/** Take over the part `id` of another page, or remove it where that page has none. */
function replacePart(/** @type {string} */ id, /** @type {Document} */ page) {
  const next = page.getElementById(id);
  const present = byId(id);
  if (present && next) present.replaceWith(document.adoptNode(next));
  else if (present) present.remove();
  else if (next) byId("address-hint")?.after(document.adoptNode(next));
}

/** Make a large photo small before it is sent: less to carry, and nothing but its pixels. */
function shrinkPhoto(/** @type {HTMLFormElement} */ form) {
  const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("photo"));
  field?.addEventListener("change", () => {
    byId("photo-wrong")?.remove();
    shrinking = shrink(field).finally(() => {
      shrinking = null;
    });
  });
}

/** @param {HTMLInputElement} field */
async function shrink(field) {
  const file = field.files?.[0];
  if (!file || file.size <= PHOTO_SENT_AS_IT_IS_BYTES) return;
  try {
    const small = await smaller(file);
    if (small.size < file.size && field.files?.[0] === file) {
      const kept = new DataTransfer();
      kept.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
      field.files = kept.files;
    }
  } catch {
    // Not a picture this browser can read: the server says what is wrong with it.
  }
  if ((field.files?.[0]?.size ?? 0) > Number(field.dataset.limitBytes)) refusePhoto(field);
}

/** Say at the field that its photo is too large: the server would not read a form of that size. */
function refusePhoto(/** @type {HTMLInputElement} */ field) {
  const said = document.createElement("p");
  said.id = "photo-wrong";
  said.className = "wrong";
  said.setAttribute("role", "alert");
  said.textContent = field.dataset.tooLarge ?? "";
  field.before(said);
  field.setAttribute("aria-describedby", "photo-hint photo-wrong");
  field.value = "";
}

/** @param {File} file @returns {Promise<Blob>} */
async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE_PIXELS / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no blob"))), "image/jpeg", 0.85);
  });
}

/** Let the send button be pressed once; the form's key makes a second time harmless anyway. */
function sendOnce(/** @type {HTMLFormElement} */ form) {
  const button = byId("send");
  if (!button) return;
  const says = button.textContent;
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.submitter !== button) return;
    if (sent || shrinking) event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.sending ?? says;
    if (shrinking) void shrinking.then(() => form.requestSubmit(button));
    else sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
    button.removeAttribute("aria-disabled");
    button.textContent = says;
  });
}

/** Offer to copy the number. */
function offerCopy() {
  const button = byId("copy");
  const number = byId("number")?.textContent ?? "";
  if (!button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(number);
    button.textContent = button.dataset.done ?? "";
  });
}

/** Show times in the reader's own time zone. */
function localTimes() {
  const shape = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  for (const time of document.querySelectorAll("time")) {
    time.textContent = shape.format(new Date(time.dateTime));
  }
}
