"""The watch over pages must see what the other tests rely on it to see."""

import pytest


@pytest.fixture
def address(tmp_path, serve_folder):
    def write(html):
        (tmp_path / "index.html").write_text(f"<!doctype html><title>t</title>{html}")
        return serve_folder(tmp_path)

    return write


def test_quiet_page_leaves_no_trace(address, visit):
    visit.page.goto(address("<link rel=icon href=data:,><p>hello"))
    assert visit.page.inner_text("p") == "hello"
    assert visit.external == []
    assert visit.errors == []


def test_request_to_another_host_is_refused_and_noted(address, visit):
    visit.page.goto(address("<img src=http://elsewhere.invalid/x.png>"))
    visit.page.wait_for_load_state("networkidle")
    assert visit.external == ["http://elsewhere.invalid/x.png"]


@pytest.mark.parametrize("script", ["console.error('broken')", "throw new Error('broken')"])
def test_errors_are_noted(address, visit, script):
    visit.page.goto(address(f"<link rel=icon href=data:,><script>{script}</script>"))
    assert len(visit.errors) == 1
    assert "broken" in visit.errors[0]


def test_missing_file_is_noted(address, visit):
    visit.page.goto(address("<link rel=icon href=data:,><script src=missing.js></script>"))
    assert "404" in visit.errors[0]
