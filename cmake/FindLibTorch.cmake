# Finds LibTorch without find_package(Torch): a CUDA build's own config demands nvcc, and pulls in
# libtorch_cuda, which this project loads at run time instead (engine/training/device.h).
#
# Looked for, in this order: ALPHASCOPE_LIBTORCH (CMake or environment variable: the folder that holds
# include/ and lib/, or the parent of torch/), CMAKE_PREFIX_PATH, the cache folder that scripts/setup fills,
# and the system.
#
# Gives the imported target LibTorch::LibTorch (headers, libtorch_cpu, libc10) and LibTorch_VERSION.
set(_roots "${ALPHASCOPE_LIBTORCH};$ENV{ALPHASCOPE_LIBTORCH}")
if(NOT _roots STREQUAL "${LibTorch_ROOTS_USED}") # another LibTorch was named: forget the one found before
  unset(LibTorch_INCLUDE_DIR CACHE)
  unset(LibTorch_CPU_LIBRARY CACHE)
  unset(LibTorch_C10_LIBRARY CACHE)
  set(LibTorch_ROOTS_USED "${_roots}" CACHE INTERNAL "Where LibTorch was looked for")
endif()
set(_hints "")
foreach(_root IN ITEMS "${ALPHASCOPE_LIBTORCH}" "$ENV{ALPHASCOPE_LIBTORCH}")
  if(_root)
    list(APPEND _hints "${_root}" "${_root}/torch")
  endif()
endforeach()
set(_cache "$ENV{XDG_CACHE_HOME}")
if(NOT _cache)
  set(_cache "$ENV{HOME}/.cache")
endif()
list(APPEND _hints ${CMAKE_PREFIX_PATH} "${_cache}/alphascope/libtorch-2.11.0-cuda/torch" "${_cache}/alphascope/libtorch-2.11.0-cpu/torch")

find_path(LibTorch_INCLUDE_DIR NAMES torch/csrc/api/include/torch/torch.h
  HINTS ${_hints} PATH_SUFFIXES include)
get_filename_component(_prefix "${LibTorch_INCLUDE_DIR}" DIRECTORY)
find_library(LibTorch_CPU_LIBRARY NAMES torch_cpu HINTS "${_prefix}" PATH_SUFFIXES lib)
find_library(LibTorch_C10_LIBRARY NAMES c10 HINTS "${_prefix}" PATH_SUFFIXES lib)

set(LibTorch_VERSION "")
foreach(_header torch/headeronly/version.h torch/csrc/api/include/torch/version.h)
  set(_file "${LibTorch_INCLUDE_DIR}/${_header}")
  if(NOT LibTorch_VERSION AND EXISTS "${_file}")
    file(READ "${_file}" _text)
    set(_numbers "")
    foreach(_part MAJOR MINOR PATCH)
      if(_text MATCHES "define TORCH_VERSION_${_part} ([0-9]+)")
        list(APPEND _numbers "${CMAKE_MATCH_1}")
      endif()
    endforeach()
    list(JOIN _numbers "." LibTorch_VERSION)
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_INCLUDE_DIR
  VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "Run scripts/setup, or point ALPHASCOPE_LIBTORCH at a LibTorch 2.6 or later.")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  add_library(LibTorch::C10 UNKNOWN IMPORTED)
  set_target_properties(LibTorch::C10 PROPERTIES IMPORTED_LOCATION "${LibTorch_C10_LIBRARY}")
  add_library(LibTorch::LibTorch UNKNOWN IMPORTED)
  # IMPORTED makes these SYSTEM includes, so our warnings stay on for our own code only.
  set_target_properties(LibTorch::LibTorch PROPERTIES
    IMPORTED_LOCATION "${LibTorch_CPU_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${LibTorch_INCLUDE_DIR};${LibTorch_INCLUDE_DIR}/torch/csrc/api/include"
    INTERFACE_LINK_LIBRARIES LibTorch::C10)
  # libtorch_cpu needs two small CUDA run-time libraries, which lie outside its own folder and which it finds
  # by its rpath when the program starts; the linker need not see them.
  set_property(TARGET LibTorch::LibTorch APPEND PROPERTY INTERFACE_LINK_OPTIONS
    "LINKER:--allow-shlib-undefined" "LINKER:--unresolved-symbols=ignore-in-shared-libs")
endif()
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY)
