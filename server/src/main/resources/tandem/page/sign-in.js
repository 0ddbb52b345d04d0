// Lets the person see the password they type.
(() => {
  const password = document.getElementById("password");
  const reveal = document.querySelector(".reveal");
  reveal.hidden = false;
  const set = (shown) => {
    password.type = shown ? "text" : "password";
    reveal.setAttribute("aria-pressed", String(shown));
  };
  reveal.addEventListener("click", () => set(password.type === "password"));
  password.form.addEventListener("submit", () => set(false));
})();
