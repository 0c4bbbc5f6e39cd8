// Ink would import a debugger here when asked to; the bundle carries none.
const devtools = { initialize: () => undefined, connectToDevTools: () => undefined };

// biome-ignore lint/style/noDefaultExport: the import that this stands in for takes the default
export default devtools;
