"""The watch over pages must see what the other tests rely on it to see."""

import pytest


def test_a_quiet_page_leaves_no_trace(bench, visit):
    visit.page.goto(bench.write("<p>hello"))
    assert visit.page.inner_text("p") == "hello"
    assert visit.external == []
    assert visit.errors == []


def test_a_request_to_another_host_is_refused_and_noted(bench, visit):
    other = bench.address.replace("127.0.0.1", "elsewhere.localhost")  # a way to this machine
    image = f"{other}/_static/logo.svg"
    with visit.page.expect_event("requestfailed") as failed:
        visit.page.goto(bench.write(f"<img src={image}>"))
    assert failed.value.url == image
    assert visit.external == [image]


@pytest.mark.parametrize("script", ["console.error('broken')", "throw new Error('broken')"])
def test_errors_are_noted(bench, visit, script):
    visit.page.goto(bench.write(f"<script>{script}</script>"))
    assert len(visit.errors) == 1
    assert "broken" in visit.errors[0]


def test_a_missing_file_is_noted(bench, visit):
    visit.page.goto(bench.write("<script src=missing.js></script>"))
    assert "404" in visit.errors[0]
