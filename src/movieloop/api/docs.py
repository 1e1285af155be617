"""/docs and /redoc that work without a network: their scripts come from the package
`fastapi-offline`, and a content security policy keeps the browser from asking anybody else.
"""  # noqa: D205

from importlib.resources import files

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

ASSETS = "/docs-assets"
# Both pages start with an inline script, and ReDoc searches in a worker made of a blob.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; worker-src blob:; frame-ancestors 'none'"
)
# ReDoc would fetch its maker's logo from there; it copes with an empty address.
_LOGO = b"https://cdn.redoc.ly/redoc/logo-mini.svg"


def install_docs(app: FastAPI) -> None:
    """Serve Swagger UI at /docs and ReDoc at /redoc, offline.

    Args:
        app: An application made with `docs_url=None, redoc_url=None`.
    """
    router = APIRouter(include_in_schema=False)
    headers = {"Content-Security-Policy": _POLICY}
    assets = files("fastapi_offline") / "static"

    def page(html: HTMLResponse) -> HTMLResponse:
        return HTMLResponse(bytes(html.body), headers=headers)

    @router.get("/docs")
    def swagger() -> HTMLResponse:
        return page(
            get_swagger_ui_html(
                openapi_url="openapi.json",
                title=f"{app.title}: try the API",
                swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
                swagger_css_url=f"{ASSETS}/swagger-ui.css",
                swagger_favicon_url=f"{ASSETS}/favicon.png",
            )
        )

    @router.get("/redoc")
    def redoc() -> HTMLResponse:
        return page(
            get_redoc_html(
                openapi_url="openapi.json",
                title=f"{app.title}: read the API",
                redoc_js_url=f"{ASSETS}/redoc.standalone.js",
                redoc_favicon_url=f"{ASSETS}/favicon.png",
                with_google_fonts=False,
            )
        )

    @router.get(f"{ASSETS}/redoc.standalone.js")
    def redoc_script() -> Response:
        script = (assets / "redoc.standalone.js").read_bytes()
        return Response(script.replace(_LOGO, b""), media_type="text/javascript")

    app.include_router(router)
    app.mount(ASSETS, StaticFiles(directory=str(assets)), name="docs-assets")
