# Every third-party library, each with what it is for.
include(FeatureSummary)

find_package(LibTorch 2.6 REQUIRED)
find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
set_package_properties(nlohmann_json PROPERTIES PURPOSE "JSON: run manifests, checkpoint headers, --json output")
find_package(fmt REQUIRED)
set_package_properties(fmt PROPERTIES PURPOSE "Text formatting of messages")
# LibTorch's folder brings fmt headers of another version, which win wherever LibTorch is included; as headers
# only, whichever are found need no library that fits them.
set_property(TARGET fmt::fmt APPEND PROPERTY INTERFACE_COMPILE_DEFINITIONS FMT_HEADER_ONLY)

find_package(ZLIB REQUIRED)
set_package_properties(ZLIB PROPERTIES PURPOSE "Reads .gz data sets")

# Headers only, and without a CMake package.
find_path(HNSWLIB_INCLUDE_DIR hnswlib/hnswlib.h REQUIRED DOC "Nearest neighbours in large sets (libhnswlib-dev)")
add_library(hnswlib INTERFACE IMPORTED)
target_include_directories(hnswlib SYSTEM INTERFACE "${HNSWLIB_INCLUDE_DIR}")

if(ALPHASCOPE_IMAGING)
  find_package(OpenCV 4.5 REQUIRED COMPONENTS core imgproc imgcodecs videoio)
  set_package_properties(OpenCV PROPERTIES PURPOSE "Image files, resizing, video")
endif()
if(ALPHASCOPE_PROGRAMS)
  find_package(CURL REQUIRED)
  set_package_properties(CURL PROPERTIES PURPOSE "Downloads data sets")
  find_package(LibArchive REQUIRED)
  set_package_properties(LibArchive PROPERTIES PURPOSE "Unpacks downloaded data sets")
  find_package(CLI11 REQUIRED)
  set_package_properties(CLI11 PROPERTIES PURPOSE "Command lines")
endif()

if(ALPHASCOPE_GUI AND ALPHASCOPE_PROGRAMS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Svg)
  set_package_properties(Qt6 PROPERTIES PURPOSE "The window (QCustomPlot asks for PrintSupport)")
  find_package(QCustomPlotQt6 REQUIRED)
  set_package_properties(QCustomPlotQt6 PROPERTIES PURPOSE "Curves")
endif()
if(ALPHASCOPE_TESTS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Test)
endif()
if(ALPHASCOPE_BENCHMARKS)
  find_package(benchmark REQUIRED)
  set_package_properties(benchmark PROPERTIES PURPOSE "Micro-benchmarks")
endif()
